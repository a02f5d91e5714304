//! A Tauri window with one sentence on it: what Placard's start and memory are measured against.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
