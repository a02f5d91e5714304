use super::Language;

pub(super) const POLISH: Language = Language {
    stop: &[
        "wypisz, wypisz mnie, wypiszcie mnie, wypisać, rezygnuję, rezygnacja, wyrejestruj",
        "wyrejestrować, przestań, przestańcie, przestać",
    ],
    stop_first: &["anuluj, anulować, zakończ, usuń, usuńcie, cofam zgodę, wycofuję zgodę"],
    stop_alone: &["koniec, wyłącz, wypis, odwołaj"],
    asks: &[
        "wypisz mnie, wypiszcie mnie, mnie wypisać, usuń mnie, usuńcie mnie, usuń mój",
        "usuńcie mój, usunąć mój, usunięcie mojego, mnie usunąć, nie pisz, nie piszcie",
        "nie pisać, nie wysyłaj, nie wysyłajcie, nie wysyłać, nie kontaktuj",
        "nie kontaktujcie, nie kontaktować, nie dzwoń, nie dzwońcie, nie przysyłaj",
        "nie przysyłajcie, nie chcę więcej, nie chcę dostawać, nie chcę otrzymywać",
        "nie chcę tych, nie chcę sms, nie chcę smsów, nie chcę wiadomości, nie chcę żadnych",
        "nie życzę sobie, więcej nie, proszę przestać, zły numer, pomyłka",
        "pomylił pan numer, pomyliliście, to nie mój numer, odczep się, odczepcie się",
        "daj mi spokój, dajcie mi spokój, dajcie spokój, daj spokój, spadaj, spadajcie",
        "spierdalaj, spierdalajcie, odwal się, odwalcie się, wypierdalaj, skąd macie mój",
        "skąd masz mój, skąd ma pan mój, kto dał wam mój, nie jestem zainteresowany",
        "nie jestem zainteresowana, cofam zgodę, wycofuję zgodę, nie wyrażałem zgody",
        "nie wyrażałam zgody",
    ],
    asks_alone: &["dość, nigdy więcej, wystarczy, nie chcę, usunąć, spam"],
    start: &["zacznij, rozpocznij, wznów, zapisz, zapisz mnie"],
    help: &["pomoc, pomocy, informacja, informacje"],
    yes: &[
        "tak, tak tak, zgoda, zgadzam się, wyrażam zgodę, jasne, oczywiście, dobrze",
        "potwierdzam, akceptuję, okej, oczywiście że tak",
    ],
    agreeing: &["z przyjemnością, chętnie, nie ma sprawy, nie ma problemu, świetnie, super"],
    no: &[
        "nie, nie nie, nie dziękuję, nie zgadzam się, nie wyrażam zgody, oczywiście że nie",
        "absolutnie nie, w żadnym wypadku",
    ],
    polite: &[
        "proszę, prosze bardzo, dzięki, dziękuję, dziękuję bardzo, bardzo dziękuję",
        "z góry dziękuję, dzięki wielkie, cześć, hej, witam, dzień dobry, dobry wieczór",
        "pozdrawiam, przepraszam, panie, pani, państwo",
    ],
    from: &[],
    doubt: &[
        "ale, jeśli, jeżeli, jak, nie, chyba, tylko, oprócz, poza, kiedy, gdy, może, kto",
        "co, dlaczego, gdzie, czy, potem, później, jutro, dziś, dzisiaj, teraz, i, oraz",
        "bez",
    ],
};
