//! JSON that comes out the same for everybody: RFC 8785, for objects of strings and whole numbers.

use std::fmt::Display;

use serde_json::Value;

/// An object with each value already written as JSON. The keys are ASCII, so that their order by bytes is
/// the order by UTF-16 units that the RFC asks for.
#[derive(Default)]
pub(super) struct Object(Vec<(&'static str, String)>);

impl Object {
    pub(super) fn text(self, key: &'static str, value: &impl Display) -> Self {
        self.json(key, Some(Value::from(value.to_string()).to_string()))
    }

    pub(super) fn optional(self, key: &'static str, value: Option<&impl Display>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    pub(super) fn number(self, key: &'static str, value: u32) -> Self {
        self.json(key, Some(value.to_string()))
    }

    /// A value that is JSON already.
    pub(super) fn json(mut self, key: &'static str, value: Option<String>) -> Self {
        self.0.extend(value.map(|value| (key, value)));
        self
    }

    /// The object with its keys in order.
    pub(super) fn canonical(mut self) -> String {
        self.0.sort_unstable_by_key(|(key, _)| *key);
        self.unsorted()
    }

    /// The object with its keys in the order in which they were given.
    pub(super) fn unsorted(self) -> String {
        let members: Vec<String> = self
            .0
            .into_iter()
            .map(|(key, value)| format!("\"{key}\":{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    }
}
