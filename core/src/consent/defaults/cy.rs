//! Welsh, with "chi". The texts do without a letter with a circumflex: it would more than halve what fits
//! into a segment. They thank without "gyda", which turns to "gydag" before some names. Yes and no are the
//! answers to "Ydych chi'n cytuno": Welsh has no yes for every question.

use super::{FlipWords, StandIns, Words};

pub(super) const WORDS: Words = Words {
    texts: "A gaiff {campaign} anfon negeseuon testun atoch am yr ymgyrch: newyddion, digwyddiadau a \
        ffyrdd o helpu? Eich dewis chi yw hyn. Yn gyntaf, cewch un neges destun i gadarnhau.{cost} \
        Gallwch stopio'r negeseuon ar unrhyw adeg drwy ateb STOP. Ydych chi'n cytuno, ydw neu nac ydw?",
    texts_about: "A gaiff {campaign} anfon negeseuon testun atoch am hyn: {purpose}? Eich dewis chi yw \
        hyn.{cost} Gallwch stopio'n holl negeseuon ar unrhyw adeg drwy ateb STOP. Ydych chi'n cytuno, ydw \
        neu nac ydw?",
    cost: " Mae nifer y negeseuon yn amrywio, a gall eich rhwydwaith godi tâl am negeseuon a data. \
        Atebwch HELP i gael cymorth.",
    opinions: "A gaiff {campaign} gadw nodyn o'ch barn: a ydych chi'n ein cefnogi, a beth sy'n bwysig i \
        chi? Gall hynny ddangos eich barn wleidyddol neu'ch aelodaeth o undeb llafur. Eich dewis chi yw \
        hyn, ac nid yw'r negeseuon testun yn dibynnu arno. Gallwch ofyn i ni ei ddileu ar unrhyw adeg. \
        Ydych chi'n cytuno, ydw neu nac ydw?",
    calls: "A gaiff {campaign} eich ffonio am hyn: {purpose}? Eich dewis chi yw hyn. Gallwch stopio'r \
        galwadau ar unrhyw adeg: dywedwch wrth bwy bynnag sy'n ffonio. Ydych chi'n cytuno, ydw neu nac \
        ydw?",
    email: "A gaiff {campaign} anfon e-byst atoch am hyn: {purpose}? Eich dewis chi yw hyn. Gallwch eu \
        stopio ar unrhyw adeg drwy ateb un ohonynt. Ydych chi'n cytuno, ydw neu nac ydw?",
    post: "A gaiff {campaign} anfon llythyrau atoch drwy'r post am hyn: {purpose}? Eich dewis chi yw \
        hyn. Gallwch eu stopio ar unrhyw adeg drwy roi gwybod i ni. Ydych chi'n cytuno, ydw neu nac ydw?",
    privacy: "{campaign} sy'n cadw'r hyn a ddywedwch, ac sy'n gyfrifol amdano. Cyswllt: {contact}. Gyda'ch \
        cydsyniad, rydym yn ei ddefnyddio i gysylltu â chi. Cyfnod cadw: {kept}. Gallwch \
        ofyn am ei weld, ei gywiro neu ei ddileu, gwrthwynebu, neu dynnu'ch cydsyniad yn ôl, ar unrhyw \
        adeg. Nid ydym yn ei werthu na'i roi i neb: dim ond yr hyn sydd ei angen a gaiff y gwasanaeth \
        sy'n anfon ein negeseuon.{complain}",
    complain_to_ico: " Gallwch gwyno i'r ICO (ico.org.uk).",
    complain_elsewhere: " Gallwch gwyno i'ch awdurdod diogelu data.",
    confirmation: "Helo {first_name}, {campaign} sydd yma. Mae {canvasser} yn diolch i chi am y sgwrs. \
        Atebwch YES i gael ein negeseuon testun, neu STOP unrhyw bryd os nad ydych am eu cael.",
    confirmation_north_america: "{campaign}: Helo {first_name}, mae {canvasser} yn diolch i chi am y sgwrs. \
        Atebwch YES i gael negeseuon testun ein hymgyrch. Mae nifer y negeseuon yn amrywio. \
        Gall fod cost am negeseuon a data. Atebwch HELP i gael cymorth, STOP i ganslo.",
    reminder: "{campaign}: Helo {first_name}, nid ydym wedi clywed gennych eto. Atebwch YES i gael ein \
        negeseuon testun. Dyma'r unig nodyn atgoffa. Atebwch STOP os nad ydych am eu cael.",
    goodbye: "{campaign}: rydych wedi optio allan ac ni chewch ragor o negeseuon testun gennym. \
        Atebwch START i'w cael eto.",
    help: "{campaign}: negeseuon testun ymgyrch gan wirfoddolwyr. \
        Atebwch STOP os nad ydych am eu cael.",
    help_north_america: "{campaign}: negeseuon testun ymgyrch gan wirfoddolwyr. Mae nifer y negeseuon \
        yn amrywio. Gall fod cost am negeseuon a data. Atebwch STOP os nad ydych am eu cael.",
    // "Helo eto": hello again, since they have just met.
    stand_ins: StandIns {
        first_name: "eto",
        campaign: "ein hymgyrch",
        canvasser: "un o'n gwirfoddolwyr",
    },
    flip: FlipWords {
        choose_language: "Dewiswch eich iaith",
        asked_by: "Mae {campaign} yn gofyn i chi",
        first_name: "Enw cyntaf",
        last_name: "Cyfenw",
        mobile: "Rhif ffôn symudol",
        email: "E-bost",
        postcode: "Cod post",
        zip_code: "Cod ZIP",
        optional: "Gallwch adael hwn yn wag.",
        first_name_missing: "Teipiwch eich enw cyntaf, os gwelwch yn dda.",
        mobile_wrong: "Nid yw hwn yn rhif ffôn symudol. Gwiriwch ef, os gwelwch yn dda.",
        email_wrong: "Nid yw hwn yn gyfeiriad e-bost. Gwiriwch ef, os gwelwch yn dda.",
        postcode_wrong: "Nid yw hwn yn edrych yn iawn. Gwiriwch ef, os gwelwch yn dda.",
        next: "Nesaf",
        back: "Yn ôl",
        check_your_details: "Gwiriwch eich manylion, os gwelwch yn dda",
        privacy_notice: "Beth sy'n digwydd i'ch manylion",
        close: "Cau",
        your_choice: "Eich dewis chi yw hyn. Mae'r naill ateb neu'r llall yn iawn.",
        yes: "Ydw",
        no: "Nac ydw",
        thank_you: "Diolch",
        after_yes_to_texts: "Cewch un neges destun. Atebwch YES, os gwelwch yn dda.",
        after_no_to_texts: "Ni fyddwn yn anfon negeseuon testun atoch.",
        hand_back: "Rhowch y gliniadur yn ôl, os gwelwch yn dda.",
        still_there: "Ydych chi'n dal yna?",
        carry_on: "Parhau",
        start_again: "Dechrau eto",
    },
};
