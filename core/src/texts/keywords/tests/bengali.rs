use super::*;

#[test]
fn bengali_in_its_own_script_is_read() {
    check(&[
        ("stop", "স্টপ", Stop),
        ("close", "বন্ধ করুন", Stop),
        ("close, alone", "বন্ধ", Stop),
        ("close, politely", "দয়া করে বন্ধ করুন। ধন্যবাদ", Stop),
        (
            "one code for the letter or two",
            "দয\u{9BC}া করে বন্ধ করুন",
            Stop,
        ),
        ("halt", "থামুন!", Stop),
        ("cancel", "বাতিল করুন", Stop),
        ("English among it", "STOP ধন্যবাদ", Stop),
        ("send none", "আর মেসেজ পাঠাবেন না", LikelyStop),
        ("don't bother", "আমাকে বিরক্ত করবেন না", LikelyStop),
        ("wrong number", "ভুল নম্বর", LikelyStop),
        ("enough", "আর না", LikelyStop),
        ("start", "শুরু করুন", Start),
        ("help", "সাহায্য", Help),
        ("help, another word", "সহায়তা", Help),
        ("yes", "হ্যাঁ", Yes),
        ("yes, quickly typed", "হ্যা", Yes),
        ("yes, short", "হা", Yes),
        ("yes, politely", "জি", Yes),
        ("yes, in another spelling", "জ্বী", Yes),
        ("fine", "ঠিক আছে, ধন্যবাদ", Yes),
        ("yes, but", "হ্যাঁ কিন্তু রবিবার না", Other),
        ("yes, asked", "হ্যাঁ?", Other),
        ("no", "না", No),
        ("no thanks", "না, ধন্যবাদ", No),
        ("no, politely", "জি না", No),
        ("a greeting", "নমস্কার", Other),
    ]);
}

#[test]
fn bengali_in_latin_letters_is_read() {
    check(&[
        ("close", "bondho korun", Stop),
        ("close, politely", "Doya kore bondho korun, dhonnobad", Stop),
        ("halt", "thamun", Stop),
        ("send none", "ar message pathaben na", LikelyStop),
        ("wrong number", "bhul number", LikelyStop),
        ("don't bother", "amake birokto korben na", LikelyStop),
        ("start", "shuru korun", Start),
        ("help", "sahajjo", Help),
        ("yes", "hae", Yes),
        ("yes, politely", "ji", Yes),
        ("fine", "thik ache", Yes),
        ("yes, but", "hae kintu robibar na", Other),
        ("no", "na", No),
        ("no, politely", "Ji na, dhonnobad", No),
    ]);
}
