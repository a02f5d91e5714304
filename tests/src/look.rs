//! Asks the page what a person would see on it.

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::session::scriptret::ScriptRet;
use thirtyfour::{WebDriver, WebElement};

const SCRIPT: &str = include_str!("look.js");

/// One question to the page: a verb of `look.js` and what it takes.
async fn ask(driver: &WebDriver, verb: &str, given: Vec<Value>) -> WebDriverResult<ScriptRet> {
    let mut arguments = vec![json!(verb)];
    arguments.extend(given);
    driver.execute(SCRIPT, arguments).await
}

/// The shown controls of a role with a name, of the whole page or of the row with some words.
pub(crate) async fn find(
    driver: &WebDriver,
    role: &str,
    name: &str,
    within: Option<&[String]>,
) -> WebDriverResult<Vec<WebElement>> {
    ask(
        driver,
        "find",
        vec![json!(role), json!(name), json!(within)],
    )
    .await?
    .elements()
}

pub(crate) async fn rows(driver: &WebDriver, words: &[String]) -> WebDriverResult<Vec<WebElement>> {
    ask(driver, "rows", vec![json!(words)]).await?.elements()
}

pub(crate) async fn told(driver: &WebDriver, words: &[String]) -> WebDriverResult<Vec<String>> {
    ask(driver, "told", vec![json!(words)]).await?.convert()
}

/// What the shown controls of a role are called.
pub(crate) async fn names(driver: &WebDriver, role: &str) -> WebDriverResult<Vec<String>> {
    ask(driver, "names", vec![json!(role)]).await?.convert()
}

/// What is drawn of a long table.
#[derive(Debug, Deserialize)]
pub(crate) struct Drawn {
    /// Places and words of the rows.
    pub rows: Vec<(usize, String)>,
    /// How many rows the table has.
    pub of: usize,
}

pub(crate) async fn drawn(driver: &WebDriver, table: &str) -> WebDriverResult<Drawn> {
    ask(driver, "drawn", vec![json!(table)]).await?.convert()
}

/// Scrolls a long table on, and from its end to its beginning.
pub(crate) async fn further(driver: &WebDriver, table: &str) -> WebDriverResult<()> {
    ask(driver, "further", vec![json!(table)]).await.map(drop)
}

pub(crate) async fn announced(driver: &WebDriver, words: &[&str]) -> WebDriverResult<bool> {
    ask(driver, "announced", vec![json!(words)])
        .await?
        .convert()
}

pub(crate) async fn says(driver: &WebDriver, sentence: &str) -> WebDriverResult<bool> {
    ask(driver, "says", vec![json!(sentence)]).await?.convert()
}

pub(crate) async fn text(driver: &WebDriver) -> WebDriverResult<String> {
    ask(driver, "text", vec![]).await?.convert()
}

pub(crate) async fn focused(driver: &WebDriver) -> WebDriverResult<String> {
    ask(driver, "focused", vec![]).await?.convert()
}

pub(crate) async fn hidden_below(driver: &WebDriver) -> WebDriverResult<f64> {
    ask(driver, "hidden_below", vec![]).await?.convert()
}

pub(crate) async fn cut_in_form(driver: &WebDriver) -> WebDriverResult<Vec<String>> {
    ask(driver, "cut_in_form", vec![]).await?.convert()
}

pub(crate) async fn at_rest(driver: &WebDriver) -> WebDriverResult<bool> {
    ask(driver, "at_rest", vec![]).await?.convert()
}

/// Width and height of what is shown of the page.
pub(crate) async fn size(driver: &WebDriver) -> WebDriverResult<[u32; 2]> {
    ask(driver, "size", vec![]).await?.convert()
}

/// The text, the focus and the controls, for a report.
pub(crate) async fn screen(driver: &WebDriver) -> WebDriverResult<String> {
    ask(driver, "screen", vec![]).await?.convert()
}

pub(crate) async fn of_element<T: serde::de::DeserializeOwned>(
    driver: &WebDriver,
    verb: &str,
    element: &WebElement,
) -> WebDriverResult<T> {
    ask(driver, verb, vec![element.to_json()?]).await?.convert()
}

/// Scrolls an element's page until its upper edge stands this far below the window's lower one.
pub(crate) async fn lower(
    driver: &WebDriver,
    element: &WebElement,
    pixels: i32,
) -> WebDriverResult<()> {
    let given = vec![element.to_json()?, json!(pixels)];
    ask(driver, "lower", given).await.map(drop)
}

pub(crate) async fn option(
    driver: &WebDriver,
    select: &WebElement,
    name: &str,
) -> WebDriverResult<WebElement> {
    ask(driver, "option", vec![select.to_json()?, json!(name)])
        .await?
        .element()
}
