//! Every screen in every designed state, one after another: for whoever looks at them.

mod campaign;
mod capture;
mod covers;
mod in_and_out;
mod practice;
mod settings;
mod texts;

use std::future::Future;

use crate::window::Window;

/// Somebody who looks at every screen.
pub trait Visitor {
    /// The screen is there, at rest, and as large as a window usually is. It is left so.
    fn look(&mut self, screen: &str, window: &Window<'_>) -> impl Future<Output = ()>;
}

/// Walks through all of them with a visitor, on laptops of its own.
pub async fn visit(visitor: &mut impl Visitor) {
    campaign::visit(visitor).await;
    practice::visit(visitor).await;
    covers::visit_unopenable(visitor).await;
    capture::visit_full_disk(visitor).await;
    in_and_out::visit(visitor).await;
}
