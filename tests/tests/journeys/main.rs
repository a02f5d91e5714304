//! Whole journeys in the real window. One window is open at a time.

mod capture;
mod command_line;
mod damage;
mod exports;
mod faults;
mod flip;
mod handing;
mod hours;
mod kannel;
mod kills;
mod later;
mod numbers;
mod offline_and_back;
mod people;
mod polling;
mod practice;
mod purposes;
mod pushing;
mod records;
mod replies;
mod rights;
mod screens;
mod settings;
mod stall;
mod texts;
mod vault;
