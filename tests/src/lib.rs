//! The harness of Placard's journeys: it drives the real window as people do, by labels and keys,
//! against gateways whose journals say what was really accepted.
//!
//! A harness has one way to report trouble: it stops the test with what was on the screen. Its
//! functions therefore panic where a library would return an error.

pub mod accessibility;
pub mod answering;
pub mod campaign;
pub mod capturing;
pub mod ciphers;
pub mod commands;
pub mod control;
mod driver;
pub mod in_and_out;
pub mod journey;
pub mod kannel;
mod keys;
pub mod laptop;
mod look;
pub mod measuring;
pub mod noon;
pub mod people;
pub mod pictures;
mod ports;
pub mod presses;
mod reading;
pub mod screens;
pub mod scripted;
pub mod sending;
pub mod standing;
pub mod turned;
pub mod waiting;
pub mod walkthrough;
mod watched;
pub mod window;
