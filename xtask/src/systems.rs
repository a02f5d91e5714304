//! What to install by hand on systems other than Debian's family, from Tauri's list of prerequisites
//! (on Windows, where there is no OpenSSL to begin with, the vault's own is built, and perl builds it).

/// The operating system, as far as the advice differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian and what is made from it: packages are installed through apt.
    Debian,
    /// Fedora and its family.
    Fedora,
    /// Arch and its family.
    Arch,
    /// Any other Linux.
    OtherLinux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl System {
    /// The system this program runs on.
    pub fn here() -> System {
        match std::env::consts::OS {
            "macos" => System::MacOs,
            "windows" => System::Windows,
            _ => {
                System::of_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
            }
        }
    }

    /// The Linux that `/etc/os-release` tells of.
    fn of_release(text: &str) -> System {
        let names: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
            .flat_map(|value| value.trim_matches('"').split_whitespace())
            .collect();
        let is = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
        if is(&["debian", "ubuntu"]) {
            System::Debian
        } else if is(&["fedora", "rhel"]) {
            System::Fedora
        } else if is(&["arch"]) {
            System::Arch
        } else {
            System::OtherLinux
        }
    }

    /// What a person has to type or click before Placard can be built here.
    pub fn advice(self) -> &'static str {
        match self {
            System::Debian => {
                "Placard needs some Debian packages; `cargo xtask run` installs them."
            }
            System::Fedora => {
                "Placard needs some packages of Fedora's. Install them, then try again:\n\n    \
                 sudo dnf install webkit2gtk4.1-devel openssl-devel curl wget file \\\n        \
                 libappindicator-gtk3-devel librsvg2-devel libxdo-devel\n    \
                 sudo dnf group install \"c-development\""
            }
            System::Arch => {
                "Placard needs some packages of Arch's. Install them, then try again:\n\n    \
                 sudo pacman -S --needed webkit2gtk-4.1 base-devel curl wget file openssl \\\n        \
                 appmenu-gtk-module libappindicator-gtk3 librsvg xdotool"
            }
            System::OtherLinux => {
                "Placard needs WebKitGTK 4.1, OpenSSL, a C compiler, libxdo, the Ayatana app indicator \
                 and librsvg,\neach with its headers, and pkg-config. Your system's names for them \
                 are at\n\n    https://v2.tauri.app/start/prerequisites/"
            }
            System::MacOs => {
                "Placard needs Apple's command line tools. Install them, then try again:\n\n    \
                 xcode-select --install"
            }
            System::Windows => {
                "Placard needs, on Windows:\n\n    \
                 Microsoft C++ Build Tools, with \"Desktop development with C++\"\n        \
                 https://visualstudio.microsoft.com/visual-cpp-build-tools/\n    \
                 Microsoft Edge WebView2 (part of Windows 10 from version 1803, and later)\n        \
                 https://developer.microsoft.com/microsoft-edge/webview2/\n    \
                 Strawberry Perl, and NASM, to build the vault's OpenSSL\n        \
                 https://strawberryperl.com and https://www.nasm.us"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linuxes_are_known_by_their_family() {
        let cases = [
            (
                "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n",
                System::Debian,
            ),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Debian),
            ("ID=fedora\nVERSION_ID=42\n", System::Fedora),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
                System::Fedora,
            ),
            ("ID=manjaro\nID_LIKE=arch\n", System::Arch),
            ("ID=nixos\n", System::OtherLinux),
            ("", System::OtherLinux),
        ];
        for (release, system) in cases {
            assert_eq!(System::of_release(release), system, "{release}");
        }
    }
}
