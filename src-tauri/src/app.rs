//! The program: its window, its plugins, and how it ends.

use tauri::ipc::Invoke;
use tauri::{AppHandle, Context, Manager, RunEvent, WindowEvent, async_runtime};

use crate::failure::Failure;
use crate::placard::Placard;
use crate::{bindings, changes, data};

/// What the program is made of: its name, its window, its screens.
pub fn context() -> Context {
    tauri::generate_context!()
}

/// Runs until the window is closed.
pub fn run() -> tauri::Result<()> {
    let context = context();
    let instance = data::instance(&context.config().identifier);
    let events = bindings::events();
    let app = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(|app, _arguments, _folder| to_the_front(app))
                .dbus_id(instance)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(turned_away(bindings::commands()))
        .setup(move |app| {
            events.mount_events(app);
            let handle = app.handle().clone();
            let placard = Placard::new(data::folder(&handle)?);
            async_runtime::spawn(changes::pass_on(handle.clone(), placard.events.clone()));
            app.manage(placard);
            end_when_asked(handle);
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                // Texts that are on the wire have a moment to be settled; nobody has to watch that.
                api.prevent_close();
                let _ = window.hide();
                end(window.app_handle().clone());
            }
        })
        .build(context)?;
    app.run(|_, event| {
        if let RunEvent::Exit = event {
            tracing::info!("Placard ends");
        }
    });
    Ok(())
}

/// What a supporter's side of the screen calls, and what shows nothing of the campaign.
const OWN_SIDE: [&str; 7] = [
    "flip_view",
    "flip_check",
    "flip_save",
    "flip_back",
    "scene",
    "countries",
    "network_changed",
];

/// Every command passes here: while the screen is turned to a supporter, only their own side is answered.
fn turned_away(
    answer: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    move |invoke| {
        let webview = invoke.message.webview();
        let is_flipped = webview
            .try_state::<Placard>()
            .is_some_and(|placard| placard.is_flipped());
        if is_flipped && !OWN_SIDE.contains(&invoke.message.command()) {
            invoke.resolver.reject(Failure::flipped());
            return true;
        }
        answer(invoke)
    }
}

/// A second Placard was started for the same vault: this one comes to the front instead.
fn to_the_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window manager may refuse; the person then finds the window themselves.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Closes the campaign and ends.
fn end(app: AppHandle) {
    async_runtime::spawn(async move {
        app.state::<Placard>().end().await;
        app.exit(0);
    });
}

/// Ends in the same way when the system asks: at the end of a session, or when the laptop is shut down.
fn end_when_asked(app: AppHandle) {
    #[cfg(unix)]
    async_runtime::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut asked) = signal(SignalKind::terminate()) else {
            return;
        };
        asked.recv().await;
        end(app);
    });
    // Elsewhere the system closes the window, which comes to the same.
    #[cfg(not(unix))]
    drop(app);
}
