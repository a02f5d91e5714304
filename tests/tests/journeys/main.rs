//! Whole journeys in the real window. One window is open at a time.

mod capture;
mod faults;
mod hours;
mod kannel;
mod kills;
mod offline_and_back;
mod practice;
mod replies;
mod screens;
mod settings;
mod stall;
mod texts;
mod vault;
