//! What the window may call and hear, and the TypeScript that is made from it.

use tauri::ipc::Invoke;
use tauri_specta::{Builder, collect_events};

use crate::changes::Changed;
use crate::commands::{
    backups, bringing_in, capture, choosing, duplicates, export, flip, gateway, handing, inbox,
    lawful, people, person, purposes, scene, texts, undoing, vault, words,
};
use crate::progress::Progress;

/// Gives a macro every command. The app wants them called and not described: what their types are called in TypeScript
/// is no part of it.
macro_rules! every_command {
    ($($taker:tt)+) => {
        $($taker)+![
            scene::scene,
            scene::countries,
            scene::start_shift,
            scene::stop_work,
            vault::judge_passphrase,
            vault::start_practice,
            vault::leave_practice,
            vault::create_campaign,
            vault::finish_setup,
            vault::unlock,
            vault::unlock_pause,
            vault::recover,
            vault::change_passphrase,
            vault::new_recovery_code,
            vault::lock,
            backups::backups,
            backups::back_up_now,
            backups::choose_second_place,
            backups::look_into_backup,
            backups::restore,
            backups::offered_backup,
            backups::salvage,
            capture::start_capture,
            capture::read_mobile,
            capture::save_draft,
            capture::save_capture,
            capture::handset,
            capture::last_saved,
            flip::has_pin,
            flip::set_pin,
            flip::flip,
            flip::flip_view,
            flip::flip_check,
            flip::flip_save,
            flip::flip_back,
            people::people,
            duplicates::duplicates,
            duplicates::look_for_duplicates,
            duplicates::not_the_same,
            duplicates::merge,
            people::count_people,
            people::place_of,
            people::filter_choices,
            people::saved_filters,
            people::save_filter,
            people::forget_filter,
            person::person,
            person::correct,
            person::receipt,
            person::print,
            person::everything_held,
            person::erase,
            person::withdraw,
            choosing::choose,
            bringing_in::read_list,
            bringing_in::check_list,
            bringing_in::save_refused,
            bringing_in::bring_in,
            undoing::undo,
            undoing::redo,
            undoing::undoable,
            handing::hand_over_state,
            handing::hand_over,
            handing::read_handed,
            handing::take_in,
            inbox::inbox,
            inbox::thread,
            inbox::decide,
            inbox::opt_out,
            inbox::held_on_number,
            inbox::erase_number,
            inbox::preview_reply,
            inbox::reply,
            inbox::phone_says,
            lawful::rules,
            lawful::save_rules,
            lawful::check_ledger,
            lawful::save_ledger,
            lawful::privacy_notice,
            lawful::past_keeping,
            lawful::erase_past_keeping,
            lawful::forecast,
            texts::texts,
            texts::text_evidence,
            texts::send_now,
            texts::cancel_text,
            texts::try_again,
            texts::release_hold,
            texts::phone_texts,
            texts::connection,
            texts::network_changed,
            gateway::gateway_form,
            gateway::kannel_service,
            gateway::save_gateway,
            gateway::former_gateways,
            gateway::stop_listening,
            gateway::check_gateway,
            gateway::send_test_text,
            purposes::purposes,
            purposes::add_purpose,
            purposes::retire_purpose,
            purposes::take_up_purpose,
            purposes::languages,
            purposes::add_language,
            words::template,
            words::preview_template,
            words::save_template,
            words::wording,
            words::judge_wording,
            words::save_wording,
            export::export_people,
            export::osdi_server,
            export::save_osdi_server,
            export::test_osdi_server,
            export::push_people,
            export::push_state,
        ]
    };
}

/// Calls the command that the window asks for.
pub fn commands() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    every_command!(tauri::generate_handler)
}

/// Every event.
pub fn events() -> Builder<tauri::Wry> {
    Builder::new().events(collect_events![Changed, Progress])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specta_typescript::Typescript;

    #[test]
    fn the_committed_bindings_are_what_the_commands_make() {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("bindings.ts");
        let head = "// Made from the shell's commands by `cargo xtask bless`; not to be edited.\n";
        super::events()
            .disable_serde_phases()
            .commands(every_command!(tauri_specta::collect_commands))
            .export(Typescript::default().header(head), &made)
            .unwrap();
        let made = std::fs::read_to_string(made).unwrap();
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/bindings.ts");
        if std::env::var_os("PLACARD_BLESS").is_some() {
            std::fs::write(&committed, &made).unwrap();
        }
        let kept = std::fs::read_to_string(committed).unwrap();
        assert_eq!(kept, made, "run `cargo xtask bless`");
    }
}
