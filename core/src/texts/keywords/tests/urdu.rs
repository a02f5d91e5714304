use super::*;

#[test]
fn urdu_in_arabic_script_is_read() {
    check(&[
        ("stop", "اسٹاپ", Stop),
        ("close", "بند کریں", Stop),
        ("close, in one", "بند کردیں۔", Stop),
        ("close, politely", "براہِ مہربانی بند کریں، شکریہ", Stop),
        ("end", "ختم", Stop),
        ("cancel", "منسوخ", Stop),
        ("Arabic keyboard", "بند كريں", Stop),
        ("marks of direction", "\u{202B}بند کریں\u{202C}", Stop),
        ("English among it", "STOP شکریہ", Stop),
        ("send no texts", "مجھے میسج نہ کریں", LikelyStop),
        ("send none", "مزید پیغام نہ بھیجیں", LikelyStop),
        ("wrong number", "غلط نمبر", LikelyStop),
        ("don't bother", "تنگ نہ کریں", LikelyStop),
        ("enough", "بس", LikelyStop),
        ("start", "شروع کریں", Start),
        ("help", "مدد", Help),
        ("yes", "جی", Yes),
        ("yes indeed", "جی ہاں", Yes),
        ("yes, plain", "ہاں", Yes),
        ("yes, Arabic keyboard", "جي هاں", Yes),
        ("yes, thanks", "جی ہاں، شکریہ", Yes),
        ("fine", "ٹھیک ہے", Yes),
        ("yes, asked", "جی؟", Other),
        ("yes, but", "ہاں لیکن اتوار کو نہیں", Other),
        ("no", "نہیں", No),
        ("no, without the dotless n", "نہین", No),
        ("no, politely", "جی نہیں شکریہ", No),
        ("a greeting", "السلام علیکم", Other),
    ]);
}

#[test]
fn urdu_in_latin_letters_is_read() {
    check(&[
        ("close", "band karo", Stop),
        ("close, politely", "Meherbani, band karein", Stop),
        ("the English word", "Band practice is at six", Other),
        ("send no texts", "mujhe message mat karo", LikelyStop),
        ("in a sentence", "yeh sab band karo yaar", LikelyStop),
        ("wrong number", "galat number", LikelyStop),
        ("enough", "bas", LikelyStop),
        ("start", "shuru", Start),
        ("help", "madad", Help),
        ("yes", "ji", Yes),
        ("yes indeed", "Ji haan", Yes),
        ("yes, plain", "haan", Yes),
        ("yes, thanks", "Haan ji shukriya", Yes),
        ("a laugh", "ha ha ha", Other),
        ("if God wills", "Haan inshallah", Other),
        ("yes, but", "haan lekin abhi nahi", Other),
        ("no", "nahi", No),
        ("no, politely", "Ji nahi, shukriya", No),
        ("certainly not", "bilkul nahi", No),
    ]);
}
