use super::Language;

/// In Arabic script, and in the Latin letters in which most of it is texted.
pub(super) const URDU: Language = Language {
    stop: &[
        "اسٹاپ, سٹاپ, بند کریں, بند کرو, بند کردیں, بند کر دیں, بند کر دو, بند کردو, روکیں",
        "روک دیں, روکو, ان سبسکرائب, band karo, band karein, band karen, band kar do",
        "band kardo, band kar dein, band kardein, band kar den, bund karo, bund karein",
        "rokein, roko, rok do, rok dein",
    ],
    stop_first: &["منسوخ, منسوخ کریں, mansookh, mansukh, khatam karo, khatam karein"],
    stop_alone: &["بند, ختم, ختم کریں, رکیں, رکو, khatam, ruko"],
    asks: &[
        "میسج نہ, میسج مت, پیغام نہ, پیغام مت, نہ بھیجیں, نہ بھیجو, مت بھیجیں, مت بھیجو",
        "تنگ نہ, تنگ مت, پریشان نہ, پریشان مت, رابطہ نہ, رابطہ مت, غلط نمبر, رانگ نمبر",
        "نمبر ہٹا, نمبر نکال, نمبر ڈیلیٹ, نمبر مٹا, نام نکال, نام ہٹا, مزید پیغام نہیں",
        "مزید میسج نہیں, دفع ہو, message mat, msg mat, text mat, sms mat, message na karo",
        "message na karein, msg na karo, msg na karein, mat bhejo, mat bhejein, mat bhejen",
        "na bhejo, na bhejein, na bhejen, tang mat, tang na, tang nahi karo, pareshan na",
        "pareshan mat, rabta na, rabta mat, galat number, ghalat number, ghalat nmbr",
        "number hata, number nikal, number delete, naam nikal, naam hata",
        "mazeed message nahi, dafa ho, band karo, band karein",
    ],
    asks_alone: &["بس, بس کرو, بس کریں, bas, bas karo, bas karein, bus karo"],
    start: &["شروع, شروع کریں, شروع کرو, اسٹارٹ, shuru, shuru karo, shuru karein"],
    help: &["مدد, معلومات, ہیلپ, مدد کریں, madad, maloomat"],
    yes: &[
        "جی, جی جی, جی ہاں, ہاں, ہاں جی, بالکل, جی بالکل, ٹھیک ہے, جی ٹھیک ہے, منظور ہے",
        "متفق, میں متفق ہوں, اوکے, یس, ji, jee, ji haan, ji han, jee haan, haan, han",
        "haan ji, han ji, hanji, haanji, bilkul, ji bilkul, theek hai, thik hai, theek he",
        "manzoor hai, main mutafiq hun",
    ],
    agreeing: &["ضرور, zaroor, zarur"],
    no: &[
        "نہیں, نہ, جی نہیں, بالکل نہیں, نہیں جی, نو, nahi, nahin, nahee, nai, ji nahi",
        "ji nahin, nahi ji, bilkul nahi, bilkul nahin, mutafiq nahi",
    ],
    polite: &[
        "براہ کرم, براہ مہربانی, برائے مہربانی, مہربانی, شکریہ, بہت شکریہ, بہت بہت شکریہ",
        "پلیز, سلام, السلام علیکم, اسلام علیکم, وعلیکم السلام, معذرت, جناب, خدا حافظ",
        "اللہ حافظ, shukriya, shukria, bohat shukriya, bahut shukriya, meherbani, mehrbani",
        "barae meherbani, salam, salaam, assalamualaikum, assalamu alaikum",
        "assalam o alaikum, asalam o alaikum, aoa, janab, allah hafiz, khuda hafiz",
    ],
    from: &[],
    doubt: &[
        "لیکن, مگر, اگر, نہیں, نہ, صرف, جب, کب, شاید, کون, کیا, کیوں, کیسے, کہاں, بعد, کل",
        "آج, اور, lekin, magar, agar, nahi, nahin, sirf, jab, kab, shayad, kaun, kon, kya",
        "kyun, kaise, kahan, baad, kal, aaj, aur",
    ],
};
