//! Polish, with "Państwo", which fits a woman and a man alike and can be read out as it stands. Names are
//! never declined: the sentences are built so that each stays in the nominative.

use super::{FlipWords, StandIns, Words};

pub(super) const WORDS: Words = Words {
    texts: "Czy {campaign} może wysyłać Państwu SMS-y o kampanii: aktualności, wydarzenia i sposoby, w \
        jakie można pomóc? Decyzja należy do Państwa. Najpierw przyjdzie jeden SMS z prośbą o \
        potwierdzenie.{cost} W każdej chwili można zrezygnować, odpisując STOP. Czy wyrażają Państwo \
        zgodę, tak czy nie?",
    texts_about: "Czy {campaign} może wysyłać Państwu SMS-y w tej sprawie: {purpose}? Decyzja należy do \
        Państwa.{cost} W każdej chwili można zrezygnować ze wszystkich naszych SMS-ów, odpisując STOP. Czy \
        wyrażają Państwo zgodę, tak czy nie?",
    cost: " Częstotliwość SMS-ów bywa różna, a operator może pobierać opłaty za SMS-y i dane. \
        Aby uzyskać pomoc, wystarczy odpisać HELP.",
    opinions: "Czy {campaign} może zapisać, co Państwo myślą: czy nas Państwo popierają i co jest dla \
        Państwa ważne? Może to ujawniać Państwa poglądy polityczne lub przynależność do związku \
        zawodowego. Decyzja należy do Państwa, a SMS-y od niej nie zależą. W każdej chwili mogą Państwo \
        zażądać usunięcia tych informacji. Czy wyrażają Państwo zgodę, tak czy nie?",
    calls: "Czy {campaign} może do Państwa dzwonić w tej sprawie: {purpose}? Decyzja należy do Państwa. \
        W każdej chwili można zrezygnować: wystarczy powiedzieć o tym osobie, która zadzwoni. Czy \
        wyrażają Państwo zgodę, tak czy nie?",
    email: "Czy {campaign} może wysyłać Państwu e-maile w tej sprawie: {purpose}? Decyzja należy do \
        Państwa. W każdej chwili można zrezygnować, odpisując na jeden z nich. Czy wyrażają Państwo \
        zgodę, tak czy nie?",
    post: "Czy {campaign} może wysyłać Państwu listy pocztą w tej sprawie: {purpose}? Decyzja należy do \
        Państwa. W każdej chwili można zrezygnować: wystarczy dać nam znać. Czy wyrażają Państwo zgodę, \
        tak czy nie?",
    privacy: "Państwa dane przechowuje i odpowiada za nie {campaign}. Kontakt: {contact}. Za Państwa \
        zgodą używamy ich, aby być z Państwem w kontakcie. Czas przechowywania: {kept}. W każdej chwili \
        można poprosić o wgląd w dane, ich poprawienie lub usunięcie, wnieść sprzeciw albo wycofać zgodę. \
        Danych nie sprzedajemy ani nie przekazujemy: usługa wysyłająca nasze SMS-y dostaje tylko to, co \
        niezbędne.{complain}",
    complain_to_ico: " Skargę można złożyć do ICO (ico.org.uk).",
    complain_elsewhere: " Skargę można złożyć do krajowego organu ochrony danych.",
    confirmation: "Dzień dobry, {first_name}! Tu {campaign}. {canvasser} dziękuje za rozmowę. \
        Prosimy odpisać YES, aby dostawać nasze SMS-y, albo STOP w każdej chwili, aby ich nie dostawać.",
    confirmation_north_america: "{campaign}: Dzień dobry, {first_name}! {canvasser} dziękuje za rozmowę. \
        Prosimy odpisać YES, aby dostawać SMS-y naszej kampanii. Częstotliwość bywa różna. \
        Operator może pobierać opłaty za SMS-y i dane. Pomoc: odpisać HELP. Rezygnacja: odpisać STOP.",
    reminder: "{campaign}: Dzień dobry, {first_name}! Nie mamy jeszcze odpowiedzi. Prosimy odpisać YES, \
        aby dostawać nasze SMS-y. To jedyne przypomnienie. Rezygnacja: odpisać STOP.",
    goodbye: "{campaign}: potwierdzamy rezygnację, nie wyślemy już żadnych SMS-ów. \
        Aby znów je dostawać, prosimy odpisać START.",
    help: "{campaign}: SMS-y kampanii prowadzonej przez wolontariuszy. Rezygnacja: odpisać STOP.",
    help_north_america: "{campaign}: SMS-y kampanii prowadzonej przez wolontariuszy. Częstotliwość bywa \
        różna. Operator może pobierać opłaty za SMS-y i dane. Rezygnacja: odpisać STOP.",
    // "Dzień dobry, witamy!": welcome.
    stand_ins: StandIns {
        first_name: "witamy",
        campaign: "nasza kampania",
        canvasser: "Nasz zespół",
    },
    flip: FlipWords {
        choose_language: "Proszę wybrać język",
        asked_by: "Pyta {campaign}",
        first_name: "Imię",
        last_name: "Nazwisko",
        mobile: "Numer telefonu komórkowego",
        email: "E-mail",
        postcode: "Kod pocztowy",
        zip_code: "Kod pocztowy (ZIP)",
        optional: "To pole można zostawić puste.",
        first_name_missing: "Proszę wpisać imię.",
        mobile_wrong: "To nie jest numer telefonu komórkowego. Proszę go sprawdzić.",
        email_wrong: "To nie jest adres e-mail. Proszę go sprawdzić.",
        postcode_wrong: "Coś się tu nie zgadza. Proszę to sprawdzić.",
        next: "Dalej",
        back: "Wstecz",
        check_your_details: "Proszę sprawdzić swoje dane",
        privacy_notice: "Co się dzieje z Państwa danymi",
        close: "Zamknij",
        your_choice: "Decyzja należy do Państwa. Każda odpowiedź jest w porządku.",
        yes: "Tak",
        no: "Nie",
        thank_you: "Dziękujemy",
        after_yes_to_texts: "Przyjdzie jeden SMS. Prosimy odpisać na niego YES.",
        after_no_to_texts: "Nie będziemy wysyłać Państwu SMS-ów.",
        hand_back: "Prosimy oddać laptop.",
        still_there: "Czy jeszcze Państwo tu są?",
        carry_on: "Kontynuuj",
        start_again: "Zacznij od nowa",
    },
};
