//! Opting in from one's own handset: a code that their phone texts to the campaign, with the laptop offline.

use qrcode::{Color, EcLevel, QrCode};
use uuid::Uuid;

use super::Campaign;
use super::languages::AllSpoken;
use crate::consent::TEXTS;
use crate::error::{Error, Result};
use crate::people::Reading;
use crate::storage::join_codes::{self, JoinCode};
use crate::storage::{Conn, campaign, captures, supporters};
use crate::texts::keywords::{CODE_LENGTH, CODE_LETTERS, is_code};

/// What a supporter's phone is to send, and where.
#[derive(Clone)]
pub struct Handset {
    /// Whose it is.
    pub name: String,
    /// What they were read, in their language.
    pub wording: String,
    /// Its language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// What is to be sent: "JOIN 7K3M".
    pub message: String,
    /// Where to, as it is written here.
    pub number: String,
    /// A picture that opens the messages app with both filled in.
    pub picture: Picture,
}

/// A QR code, to be drawn dark on light whatever the theme: scanners expect that.
#[derive(Clone)]
pub struct Picture {
    /// Its side, in modules.
    pub side: u32,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

/// Codes are drawn until one is free: with a hundred thousand of them this never takes long.
const DRAWS: usize = 1_000;

impl Campaign {
    /// What the phone of somebody who was just captured is to send, to prove the number and to agree.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the campaign has no number that phones can text, [`Error::NotFound`] where the
    /// capture was taken back.
    pub fn handset(&self, capture: Uuid) -> Result<Handset> {
        let number = self.active().number.clone();
        let number = number
            .as_deref()
            .and_then(|number| Reading::of(number, self.info.country).usable().cloned())
            .ok_or_else(|| {
                Error::invalid(
                    "gateway",
                    "The gateway has no number that phones can text. Give it one in Settings, under Gateway.",
                )
            })?;
        let now = self.clock.now();
        let (code, name, wording, rtl) = self.storage.write(|conn| {
            let saved = captures::saved(conn, capture)?.ok_or(Error::NotFound)?;
            let details = supporters::details(conn, saved.supporter)?;
            let wording =
                campaign::wording(conn, TEXTS, &details.language)?.ok_or(Error::NotFound)?;
            let of = JoinCode {
                supporter: saved.supporter,
                capture,
                wording: wording.id,
            };
            let code = match join_codes::of_capture(conn, capture)? {
                Some(code) => code,
                None => new_code(conn, |conn, code| join_codes::insert(conn, code, of, now))?,
            };
            let rtl = AllSpoken::of(conn)?.is_rtl(&wording.language);
            Ok((code, saved.name, wording, rtl))
        })?;
        let message = format!("JOIN {code}");
        Ok(Handset {
            name,
            wording: wording.body,
            language: wording.language,
            rtl,
            picture: picture(&format!("sms:{}?&body=JOIN%20{code}", number.e164()))?,
            number: number.national(self.info.country),
            message,
        })
    }
}

fn new_code(conn: &Conn, keep: impl Fn(&Conn, &str) -> Result<bool>) -> Result<String> {
    let letters: Vec<char> = CODE_LETTERS.chars().collect();
    for _ in 0..DRAWS {
        let mut bytes = [0_u8; CODE_LENGTH];
        getrandom::fill(&mut bytes).map_err(|_| Error::Crypto)?;
        let code: String = bytes
            .iter()
            .filter_map(|byte| letters.get(usize::from(*byte) % letters.len()))
            .collect();
        if is_code(&code) && keep(conn, &code)? {
            return Ok(code);
        }
    }
    Err(Error::Crypto)
}

/// The quiet edge around a QR code, in modules (ISO/IEC 18004).
const EDGE: usize = 4;

/// A QR code of a link: its side in modules with the quiet edge, and the dark modules as the path of an SVG.
fn picture(link: &str) -> Result<Picture> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| Error::Broke)?;
    let width = code.width();
    let path = code
        .to_colors()
        .into_iter()
        .enumerate()
        .filter(|(_, colour)| *colour == Color::Dark)
        .map(|(place, _)| format!("M{} {}h1v1h-1z", place % width + EDGE, place / width + EDGE))
        .collect();
    Ok(Picture {
        side: u32::try_from(width + 2 * EDGE).map_err(|_| Error::Broke)?,
        path,
    })
}
