//! One journey: a laptop, titled steps, and nobody else's window meanwhile.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, MutexGuard};

use crate::campaign;
use crate::laptop::{Laptop, target};
use crate::waiting::OrStop;
use crate::window::Window;

/// Only one window can be driven at a time.
static TURN: Turn<()> = Turn::const_new(());

/// Room for a campaign and an hour at the stall.
const SMALL_DISK: u64 = 8 * 1024 * 1024;

/// A journey, from its beginning to the drop of this.
pub struct Journey {
    /// The laptop it is made on.
    pub laptop: Laptop,
    story: Arc<Story>,
    _turn: MutexGuard<'static, ()>,
}

/// What the journey is called and which step it is at: for reports and the names of pictures.
#[derive(Debug)]
pub(crate) struct Story {
    title: String,
    steps: Mutex<Vec<String>>,
}

impl Journey {
    /// Begins a journey on a laptop with nothing on it, when no other is under way.
    pub async fn begin(title: &str) -> Self {
        Self::begin_on(title, Laptop::new()).await
    }

    /// Begins a journey on a laptop whose campaign was set up the day before.
    pub async fn with_campaign(title: &str) -> Self {
        let journey = Self::begin(title).await;
        journey
            .laptop
            .restore(&campaign::ready(&journey).await.vault);
        journey
    }

    /// The same, with its data folder on a disk that can be filled.
    pub async fn with_small_disk(title: &str) -> Self {
        let journey = Self::with_campaign(title).await;
        Self {
            laptop: journey.laptop.with_small_disk(SMALL_DISK),
            ..journey
        }
    }

    async fn begin_on(title: &str, laptop: Laptop) -> Self {
        let turn = TURN.lock().await;
        let story = Arc::new(Story {
            title: title.to_owned(),
            steps: Mutex::default(),
        });
        Self {
            laptop,
            story,
            _turn: turn,
        }
    }

    /// Says what happens next.
    pub fn step(&self, title: &str) {
        println!("  {}: {title}", self.story.title);
        self.story.steps().push(title.to_owned());
    }

    /// Starts Placard on the laptop.
    pub async fn open(&self) -> Window<'_> {
        self.open_on(&self.laptop).await
    }

    /// Starts Placard on another laptop.
    pub async fn open_on<'a>(&self, laptop: &'a Laptop) -> Window<'a> {
        Window::open(laptop, Arc::clone(&self.story)).await
    }
}

impl Story {
    fn steps(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The journey and its step in words.
    pub(crate) fn place(&self) -> String {
        let steps = self.steps();
        let step = steps.last().map_or("the start", String::as_str);
        format!("{}, step {} ({step})", self.title, steps.len())
    }

    /// Where a picture of a failure at this step is kept.
    pub(crate) fn picture(&self) -> PathBuf {
        let folder = target().join("journeys");
        fs::create_dir_all(&folder).or_stop("making the folder for pictures");
        let title: String = self
            .title
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        folder.join(format!("{title}-{}.png", self.steps().len()))
    }
}
