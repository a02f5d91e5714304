//! What the field calls its columns: NationBuilder, Action Network, VAN, and plain words in a few languages.

/// What a column holds that Placard can keep or act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The whole name.
    Name,
    /// Mobile.
    Mobile,
    /// Email address.
    Email,
    /// Postcode.
    Postcode,
    /// Language.
    Language,
    /// Whether they agreed.
    Consent,
    /// When they agreed.
    ConsentDate,
    /// Whether they have opted out.
    OptedOut,
    /// By what another list, or Placard's own export, knows them.
    ExternalId,
}

/// Small letters and digits only: "Cell Phone" and "cell_phone" are one. The surest name stands first.
const NAMES: [(Column, &[&str]); 11] = [
    (
        Column::FirstName,
        &[
            "firstname",
            "first",
            "forename",
            "forenames",
            "givenname",
            "givennames",
            "preferredname",
            "fname",
            "christianname",
            "prenom",
            "prénom",
            "vorname",
            "nombre",
            "imie",
            "imię",
            "enwcyntaf",
        ],
    ),
    (
        Column::LastName,
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "secondname",
            "lname",
            "apellido",
            "apellidos",
            "nom",
            "nachname",
            "nazwisko",
            "cyfenw",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "contactname",
            "personname",
            "supportername",
            "membername",
            "supporter",
            "contact",
            "enw",
            "nombrecompleto",
            "imięinazwisko",
            "imieinazwisko",
        ],
    ),
    (
        Column::Mobile,
        &[
            "mobilenumber",
            "mobile",
            "mobilephone",
            "mobilephonenumber",
            "mobileno",
            "mob",
            "cellphone",
            "cellphonenumber",
            "cell",
            "cellnumber",
            "preferredphone",
            "smsnumber",
            "textnumber",
            "can2phone",
            "ffônsymudol",
            "symudol",
            "rhifsymudol",
            "móvil",
            "movil",
            "telefonomovil",
            "teléfonomóvil",
            "celular",
            "komórka",
            "komorka",
            "telefonkomórkowy",
            "handy",
            "phonenumber",
            "phone",
            "phone1",
            "primaryphone",
            "telephone",
            "telephonenumber",
            "telno",
            "tel",
            "teléfono",
            "telefono",
            "telefon",
            "ffôn",
            "number",
        ],
    ),
    (
        Column::Email,
        &[
            "email",
            "emailaddress",
            "email1",
            "primaryemail",
            "preferredemail",
            "primaryemailaddress",
            "can2email",
            "mail",
            "ebost",
            "correo",
            "correoelectronico",
            "correoelectrónico",
        ],
    ),
    (
        Column::Postcode,
        &[
            "postcode",
            "postalcode",
            "zipcode",
            "zip5",
            "zip",
            "zip5zip4",
            "can2zipcode",
            "primaryzip",
            "mailingzip",
            "homezip",
            "registeredzip",
            "addresszip",
            "codpost",
            "cpost",
            "codigopostal",
            "códigopostal",
            "kodpocztowy",
            "plz",
        ],
    ),
    (
        Column::Language,
        &[
            "language",
            "preferredlanguage",
            "languagepreference",
            "lang",
            "locale",
            "iaith",
            "idioma",
            "język",
            "jezyk",
        ],
    ),
    (
        Column::Consent,
        &[
            "mobileoptin",
            "smsoptin",
            "textoptin",
            "optinstatus",
            "smsoptinstatus",
            "phoneoptinstatus",
            "cellphoneoptin",
            "can2smsoptedin",
            "textconsent",
            "smsconsent",
            "consent",
            "consenttotexts",
            "agreestotexts",
            "agreedtotexts",
            "agreed",
            "agrees",
            "optedin",
            "optin",
            "smsstatus",
            "subscribed",
        ],
    ),
    (
        Column::ConsentDate,
        &[
            "consentdate",
            "dateofconsent",
            "consentedat",
            "consentat",
            "consentedon",
            "optindate",
            "optedinat",
            "smsoptindate",
            "mobileoptindate",
            "agreedon",
            "agreedat",
        ],
    ),
    (
        Column::OptedOut,
        &[
            "optedout",
            "optout",
            "smsoptout",
            "smsoptedout",
            "mobileoptout",
            "mobileoptedout",
            "textoptout",
            "donottext",
            "donottextpermanent",
            "nosms",
            "notexts",
            "unsubscribed",
            "donotcontact",
        ],
    ),
    (
        Column::ExternalId,
        &[
            "externalid",
            "placardid",
            "externalidentifier",
            "identifier",
            "vanid",
            "nationbuilderid",
            "nbec_guid",
            "id",
            "uuid",
        ],
    ),
];

/// What each column holds by its header: each thing is taken from one column, the surest; other columns are left out.
#[must_use]
pub fn recognise<'a>(headers: impl IntoIterator<Item = &'a str>) -> Vec<Option<Column>> {
    let folded: Vec<String> = headers.into_iter().map(folded).collect();
    let mut columns = vec![None; folded.len()];
    for (column, names) in NAMES {
        let surest = names
            .iter()
            .find_map(|name| folded.iter().position(|header| header == name));
        if let Some(place) = surest.and_then(|place| columns.get_mut(place)) {
            *place = Some(column);
        }
    }
    // A whole name beside its parts says nothing new.
    if columns.contains(&Some(Column::FirstName)) || columns.contains(&Some(Column::LastName)) {
        for column in &mut columns {
            column.take_if(|column| *column == Column::Name);
        }
    }
    columns
}

fn folded(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Column::*;
    use super::*;

    #[test]
    fn the_headers_of_the_field_are_recognised() {
        for (whose, headers, columns) in [
            (
                "NationBuilder",
                "first_name,last_name,email,email_opt_in,mobile_number,mobile_opt_in,support_level,tag_list,language,external_id,note,is_volunteer",
                vec![
                    Some(FirstName),
                    Some(LastName),
                    Some(Email),
                    None,
                    Some(Mobile),
                    Some(Consent),
                    None,
                    None,
                    Some(Language),
                    Some(ExternalId),
                    None,
                    None,
                ],
            ),
            (
                "Action Network",
                "first_name,last_name,email,mobile_number,zip_code,language,Favourite cake",
                vec![
                    Some(FirstName),
                    Some(LastName),
                    Some(Email),
                    Some(Mobile),
                    Some(Postcode),
                    Some(Language),
                    None,
                ],
            ),
            (
                "VAN",
                "VanID,FirstName,LastName,CellPhone,Zip5,Opt In Status",
                vec![
                    Some(ExternalId),
                    Some(FirstName),
                    Some(LastName),
                    Some(Mobile),
                    Some(Postcode),
                    Some(Consent),
                ],
            ),
            (
                "plain words",
                "Forename, Surname ,Tel no.,E-mail,Post code,Opted out?",
                vec![
                    Some(FirstName),
                    Some(LastName),
                    Some(Mobile),
                    Some(Email),
                    Some(Postcode),
                    Some(OptedOut),
                ],
            ),
            (
                "Spanish",
                "Nombre,Apellidos,Móvil,Correo electrónico,Código postal,Idioma",
                vec![
                    Some(FirstName),
                    Some(LastName),
                    Some(Mobile),
                    Some(Email),
                    Some(Postcode),
                    Some(Language),
                ],
            ),
            ("a whole name", "Name,Phone", vec![Some(Name), Some(Mobile)]),
            (
                "a mobile beside another phone",
                "Phone,Name,First name,Mobile",
                vec![None, None, Some(FirstName), Some(Mobile)],
            ),
            ("nothing known", "colour,Reason", vec![None, None]),
        ] {
            assert_eq!(recognise(headers.split(',')), columns, "{whose}");
        }
    }
}
