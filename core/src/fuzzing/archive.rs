//! A workbook put together from its parts: bytes that are changed in a packed one never reach what reads the parts.

/// What stands between the parts.
const BETWEEN: &[u8] = b"\n====\n";
/// Which parts they are, in order; what is not given is as a spreadsheet writes it.
const PARTS: [(&str, &str); 4] = [
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#,
    ),
    (
        "xl/sharedStrings.xml",
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Members" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
];
/// What leads to them.
const LINKS: [(&str, &str); 2] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
];

/// The workbook of these parts.
pub(crate) fn workbook_of(bytes: &[u8]) -> Vec<u8> {
    let mut given = split(bytes).into_iter();
    let parts = PARTS.map(|(name, usual)| (name, given.next().unwrap_or(usual.as_bytes())));
    let mut book = Archive::new(|part| (STORED, part.to_vec()));
    for (name, part) in parts {
        book.add(name, part);
    }
    for (name, part) in LINKS {
        book.add(name, part.as_bytes());
    }
    book.end()
}

/// The workbook of these parts, packed; the others are as a spreadsheet writes them.
#[cfg(test)]
pub(crate) fn packed_workbook_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;

    let mut book = Archive::new(|part| {
        let mut packed =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(part).unwrap();
        (PACKED, packed.finish().unwrap())
    });
    for (name, usual) in PARTS.iter().chain(&LINKS) {
        if !parts.iter().any(|(given, _)| given == name) {
            book.add(name, usual.as_bytes());
        }
    }
    for (name, part) in parts {
        book.add(name, part);
    }
    book.end()
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest
        .windows(BETWEEN.len())
        .position(|piece| piece == BETWEEN)
    {
        let (part, after) = rest.split_at(at);
        parts.push(part);
        rest = &after[BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

/// As it is.
const STORED: u16 = 0;
/// As RFC 1951 has it.
#[cfg(test)]
const PACKED: u16 = 8;

struct Archive {
    /// Packs a part, and says how.
    pack: fn(&[u8]) -> (u16, Vec<u8>),
    bytes: Vec<u8>,
    contents: Vec<u8>,
    parts: u16,
}

impl Archive {
    fn new(pack: fn(&[u8]) -> (u16, Vec<u8>)) -> Self {
        Self {
            pack,
            bytes: Vec::new(),
            contents: Vec::new(),
            parts: 0,
        }
    }

    fn add(&mut self, name: &str, part: &[u8]) {
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
        let begins = length(&self.bytes);
        let (method, packed) = (self.pack)(part);
        let mut sum = flate2::Crc::new();
        sum.update(part);
        // Version 2.0, no flags.
        let mut about = vec![20, 0, 0, 0];
        about.extend(method.to_le_bytes());
        // No time.
        about.extend([0, 0, 0, 0]);
        about.extend(sum.sum().to_le_bytes());
        about.extend(length(&packed));
        about.extend(length(part));
        about.extend(&length(name.as_bytes())[..2]);
        about.extend([0, 0]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&about);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);
        self.contents.extend(b"PK\x01\x02\x14\x00");
        self.contents.extend(&about);
        self.contents.extend([0; 10]);
        self.contents.extend(begins);
        self.contents.extend(name.as_bytes());
        self.parts += 1;
    }

    fn end(self) -> Vec<u8> {
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
        let (at, size) = (length(&self.bytes), length(&self.contents));
        let mut whole = self.bytes;
        whole.extend(&self.contents);
        whole.extend(b"PK\x05\x06\0\0\0\0");
        whole.extend(self.parts.to_le_bytes());
        whole.extend(self.parts.to_le_bytes());
        whole.extend(size);
        whole.extend(at);
        whole.extend([0, 0]);
        whole
    }
}
