//! Spanish, with "usted", in words that both Spain and the Americas use. The texts do without á, í, ó and ú,
//! which are not in the GSM 7-bit alphabet (é, ñ and ¿ are): one would more than halve what fits.

use super::{FlipWords, StandIns, Words};

pub(super) const WORDS: Words = Words {
    texts: "¿Puede {campaign} enviarle mensajes de texto sobre la campaña: noticias, eventos y maneras \
        de ayudar? La decisión es suya. Primero recibirá un solo mensaje para confirmar.{cost} Puede \
        dejar de recibirlos en cualquier momento respondiendo STOP. ¿Está de acuerdo, sí o no?",
    texts_about: "¿Puede {campaign} enviarle mensajes de texto sobre lo siguiente: {purpose}? La decisión \
        es suya.{cost} Puede dejar de recibir todos nuestros mensajes en cualquier momento respondiendo \
        STOP. ¿Está de acuerdo, sí o no?",
    cost: " La frecuencia varía, y pueden aplicarse tarifas de mensajes y datos. \
        Responda HELP para recibir ayuda.",
    opinions: "¿Puede {campaign} guardar una nota de lo que usted piensa: si nos apoya y qué le importa? \
        Eso puede revelar sus opiniones políticas o su afiliación sindical. La decisión es suya, y los \
        mensajes de texto no dependen de ella. Puede pedir que borremos la nota en cualquier momento. \
        ¿Está de acuerdo, sí o no?",
    calls: "¿Puede {campaign} llamarle por teléfono sobre lo siguiente: {purpose}? La decisión es suya. \
        Puede poner fin a las llamadas en cualquier momento: basta con decírselo a quien le llame. \
        ¿Está de acuerdo, sí o no?",
    email: "¿Puede {campaign} enviarle correos electrónicos sobre lo siguiente: {purpose}? La decisión \
        es suya. Puede dejar de recibirlos en cualquier momento respondiendo a uno de ellos. \
        ¿Está de acuerdo, sí o no?",
    post: "¿Puede {campaign} enviarle cartas por correo postal sobre lo siguiente: {purpose}? La \
        decisión es suya. Puede dejar de recibirlas en cualquier momento: basta con decírnoslo. \
        ¿Está de acuerdo, sí o no?",
    privacy: "{campaign} guarda los datos que usted nos da y es responsable de ellos. Contacto: \
        {contact}. Con su consentimiento, los usamos para comunicarnos con usted. Los conservamos: {kept}. \
        En cualquier momento puede pedir verlos, corregirlos o borrarlos, oponerse o retirar su \
        consentimiento. No los vendemos ni los cedemos: el servicio que envía nuestros mensajes recibe \
        solo lo necesario.{complain}",
    complain_to_ico: " Puede reclamar ante la ICO (ico.org.uk).",
    complain_elsewhere: " Puede reclamar ante su autoridad de protección de datos.",
    confirmation: "Hola {first_name}, le escribe {campaign}. Gracias por hablar con {canvasser}. \
        Responda YES para recibir nuestros mensajes, o STOP en cualquier momento para no recibir ninguno.",
    confirmation_north_america: "{campaign}: Hola {first_name}, gracias por hablar con {canvasser}. \
        Responda YES para recibir los mensajes de nuestra campaña. Frecuencia variable. \
        Pueden aplicarse tarifas de mensajes y datos. \
        Responda HELP para recibir ayuda, STOP para cancelar.",
    reminder: "{campaign}: Hola {first_name}, no hemos recibido su respuesta. Responda YES para recibir \
        nuestros mensajes. No enviaremos otro recordatorio. Responda STOP para no recibir ninguno.",
    goodbye: "{campaign}: le hemos dado de baja y ya no le enviaremos mensajes. \
        Responda START para volver a recibirlos.",
    help: "{campaign}: mensajes de una campaña de voluntarios. Responda STOP para no recibir ninguno.",
    help_north_america: "{campaign}: mensajes de una campaña de voluntarios. Frecuencia variable. \
        Pueden aplicarse tarifas de mensajes y datos. Responda STOP para no recibir ninguno.",
    // "Hola de nuevo": hello again, since they have just met.
    stand_ins: StandIns {
        first_name: "de nuevo",
        campaign: "nuestra campaña",
        canvasser: "nuestro equipo",
    },
    flip: FlipWords {
        choose_language: "Elija su idioma",
        asked_by: "{campaign} le pregunta",
        first_name: "Nombre",
        last_name: "Apellidos",
        mobile: "Número de móvil o celular",
        email: "Correo electrónico",
        postcode: "Código postal",
        zip_code: "Código postal (ZIP)",
        optional: "Puede dejarlo en blanco.",
        first_name_missing: "Escriba su nombre, por favor.",
        mobile_wrong: "Este no es un número de móvil o celular. Revíselo, por favor.",
        email_wrong: "Esta no es una dirección de correo electrónico. Revísela, por favor.",
        postcode_wrong: "Esto no parece correcto. Revíselo, por favor.",
        next: "Siguiente",
        back: "Atrás",
        check_your_details: "Revise sus datos, por favor",
        privacy_notice: "Qué pasa con sus datos",
        close: "Cerrar",
        your_choice: "La decisión es suya. Cualquiera de las dos respuestas está bien.",
        yes: "Sí",
        no: "No",
        thank_you: "Gracias",
        after_yes_to_texts: "Recibirá un mensaje de texto. Por favor, responda YES.",
        after_no_to_texts: "No le enviaremos mensajes de texto.",
        hand_back: "Devuelva el portátil, por favor.",
        still_there: "¿Sigue ahí?",
        carry_on: "Continuar",
        start_again: "Empezar de nuevo",
    },
};
