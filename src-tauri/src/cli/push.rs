//! `placard push`.

use std::io::{self, Write};

use clap::Args;
use placard_core::campaign::Campaign;
use placard_core::{Error, Result};

use super::answer::Answer;
use super::ending::Ending;
use super::line::Whole;
use super::watching::{is_stopped, watched};
use super::whom::Whom;
use crate::commands::export::PushReport;

/// People to the OSDI server that was set up in the window. Who was pushed already is passed over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard push
  placard push --consent confirmed --list members.csv")]
pub struct Push {
    #[command(flatten)]
    whom: Whom,
}

impl Push {
    /// Pushes them, and goes on where the last push broke off.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<PushReport> {
        let question = self.whom.question(campaign)?;
        let who = campaign.whom(&question)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Files)?;
        let report = watched(whole, |watch| {
            runtime.block_on(campaign.push_people(&who, watch))
        });
        report.map(PushReport::from)
    }
}

impl Answer for PushReport {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.sentence)?;
        for refused in &self.refused {
            writeln!(to, "{}  {}", refused.name, refused.reason)?;
        }
        Ok(())
    }

    fn ending(&self) -> Ending {
        match (self.finished, self.refused.is_empty()) {
            (true, true) => Ending::Done,
            (false, _) if is_stopped() => Ending::Stopped,
            _ => Ending::LeftOver,
        }
    }
}
