use super::Language;

/// In Bengali script, and in the Latin letters in which much of it is texted.
pub(super) const BENGALI: Language = Language {
    stop: &[
        "স্টপ, বন্ধ করুন, বন্ধ করো, বন্ধ কর, বন্ধ করেন, থামুন, থামান, থামাও, থামো",
        "আনসাবস্ক্রাইব, bondho korun, bondho koro, bondho koren, bondo koren, bondo koro",
        "bondo korun, thamun, thaman, thamao, thamo",
    ],
    stop_first: &["বাতিল, বাতিল করুন, বাতিল করো, batil, batil korun, batil koro, batil koren"],
    stop_alone: &["বন্ধ, শেষ, bondho, bondo, shesh"],
    asks: &[
        "পাঠাবেন না, পাঠাবা না, পাঠিও না, পাঠাইয়েন না, মেসেজ দেবেন না, মেসেজ দিবেন না",
        "মেসেজ করবেন না, আর মেসেজ, আর পাঠাবেন, আর কোনো মেসেজ, বিরক্ত করবেন না",
        "বিরক্ত কোরো না, বিরক্ত করো না, যোগাযোগ করবেন না, ফোন করবেন না, ভুল নম্বর",
        "ভুল নাম্বার, রং নাম্বার, রং নম্বর, আমাকে বাদ, আমার নম্বর বাদ, নম্বর মুছে",
        "নাম্বার মুছে, নাম্বার ডিলিট, নাম কেটে, চাই না আর, আর চাই না, আর দরকার নেই, দূর হ",
        "pathaben na, patayen na, pathayen na, pathaba na, pathio na, message diben na",
        "msg diben na, message deben na, message diyen na, msg diyen na, message korben na",
        "ar message, birokto korben na, birokto koiren na, birokto koro na",
        "jogajog korben na, phone korben na, bhul number, vul number, bhul nambar",
        "vul nambar, amake bad, number muche, number delete, ar chai na, bondho korun",
        "bondho koren",
    ],
    asks_alone: &["আর না, থাক, ar na, ar nah, যথেষ্ট"],
    start: &["শুরু, শুরু করুন, শুরু করো, স্টার্ট, shuru korun, shuru koro, suru"],
    help: &["সাহায্য, সহায়তা, তথ্য, হেল্প, sahajjo, shahajjo, sahajyo, tothyo"],
    yes: &[
        "হ্যাঁ, হ্যা, হাঁ, হা, জি, জ্বি, জি হ্যাঁ, জ্বি হ্যাঁ, ঠিক আছে, রাজি, আমি রাজি",
        "সম্মত, আমি সম্মত, অবশ্যই, ওকে, ইয়েস, hae, hyan, hyaa, hya, hea, ji hae, jee hae",
        "jii, thik ache, thik ase, tik ase, raji, ami raji, obosshoi",
    ],
    agreeing: &["নিশ্চয়ই, nischoi"],
    no: &[
        "না, না না, জি না, জ্বি না, একদম না, নাহ, নো, রাজি না, আমি রাজি না, ji na, jee na",
        "na na, ekdom na, raji na, ami raji na",
    ],
    polite: &[
        "ধন্যবাদ, অনেক ধন্যবাদ, দয়া করে, অনুগ্রহ করে, প্লিজ, প্লীজ, সালাম",
        "আসসালামু আলাইকুম, হ্যালো, নমস্কার, দুঃখিত, ভাই, আপা, dhonnobad, dhonnobaad",
        "onek dhonnobad, doya kore, doa kore, onugroho kore, nomoskar, assalamualaykum",
        "bhai, apa",
    ],
    from: &[],
    doubt: &[
        "কিন্তু, তবে, যদি, না, শুধু, কখন, যখন, হয়তো, কে, কি, কেন, কিভাবে, কোথায়, পরে, কাল",
        "আজ, এবং, আর, kintu, tobe, jodi, na, shudhu, kokhon, jokhon, hoyto, ke, ki, keno",
        "kivabe, kothay, pore, kal, aj, ebong, ar",
    ],
};
