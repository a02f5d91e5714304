use super::Language;

pub(super) const WELSH: Language = Language {
    stop: &[
        "stopio, stopiwch, stopia, stopiwch bopeth, dad-danysgrifio, datdanysgrifio",
        "dad-danysgrifiwch, optio allan, eithrio",
    ],
    stop_first: &["peidiwch, peidio, canslo, canslwch, diddymu, gorffen, tynnu'n ôl"],
    stop_alone: &["diwedd, terfynu, gadael"],
    asks: &[
        "peidiwch â thecstio, peidiwch â tecstio, peidiwch ag anfon, peidiwch anfon",
        "peidiwch â danfon, peidiwch â chysylltu, peidiwch cysylltu, peidiwch â gyrru",
        "stopiwch anfon, stopio anfon, stopiwch decstio, stopio tecstio",
        "dim mwy o negeseuon, dim mwy o decstiau, dim rhagor, tynnwch fi, tynnwch fy",
        "tynna fi, tynnu fy, dileu fy, dilëwch fy, dilëwch fi, ddim eisiau negeseuon",
        "ddim eisiau tecstiau, ddim eisiau mwy, ddim isio negeseuon, ddim am dderbyn",
        "gadewch lonydd, gadewch fi, gad lonydd, gad fi, rhif anghywir, person anghywir",
        "cer o ma, dos o ma, dim diddordeb",
    ],
    asks_alone: &["paid, dim mwy, digon, dyna ddigon, dileu"],
    start: &["dechrau, cychwyn, ailddechrau, ail-ddechrau"],
    help: &["cymorth, gwybodaeth, help os gwelwch yn dda"],
    yes: &[
        "ie, ia, ydw, ydi, ydy, ydyn, oes, iawn, gwnaf, cytuno, dw i'n cytuno, dwi'n cytuno",
        "rwy'n cytuno, rwyf yn cytuno, rydw i'n cytuno, cytunaf, wrth gwrs, yn bendant",
        "rwy'n cadarnhau, cadarnhau, cewch",
    ],
    agreeing: &["popeth yn iawn, dim problem, â phleser, gyda phleser, hapus i"],
    no: &[
        "na, nage, nac ydw, nac ydi, nac oes, nag oes, nac ydyn, dim diolch, na dim diolch",
        "dim o gwbl, na wnaf, dw i ddim yn cytuno, dwi ddim yn cytuno, anghytuno",
    ],
    polite: &[
        "diolch, diolch yn fawr, diolch yn fawr iawn, diolch i chi, diolch o galon",
        "os gwelwch yn dda, os gweli di'n dda, plîs, plis, helo, shwmae, sori, bore da",
        "prynhawn da, noswaith dda, cofion, cofion gorau",
    ],
    from: &["oddi wrth"],
    doubt: &[
        "ond, os, ddim, nid, oni bai, dim ond, heblaw, pan, pryd, efallai, pwy, beth, pam",
        "sut, ble, wedyn, yfory, heddiw, peidiwch, a, ac",
    ],
};
