use super::Language;

pub(super) const SPANISH: Language = Language {
    stop: &[
        "parar, darme de baja, dar de baja, darse de baja, deme de baja, denme de baja",
        "dame de baja, desuscribir, desuscribirme, cancelar suscripción, basta, basta ya",
    ],
    stop_first: &[
        "alto, baja, pare, paren, cancelar, cancela, cancele, cancelen, detener, detenga",
        "detengan, detente, anular, anular suscripción, revocar",
    ],
    stop_alone: &["para, para ya, fin, terminar, salir"],
    asks: &[
        "quiero la baja, solicito la baja, darme de baja, dar de baja, deme de baja",
        "denme de baja, dame de baja, de baja por favor, de baja de la lista",
        "no me escriba, no me escriban, no me escribas, no me envíe, no me envíen",
        "no me envíes, no me mande, no me manden, no me mandes, no me contacte",
        "no me contacten, no me contactes, no me moleste, no me molesten, no me molestes",
        "no me llame, no me llamen, no envíen, no envíe, no manden, no quiero más",
        "no quiero mensajes, no quiero recibir, no quiero sus, no quiero que me",
        "no deseo recibir, no deseo más, no más mensajes, no más textos, no más por favor",
        "dejen de, deje de, deja de, paren de, pare de, para de enviar, para de mandar",
        "para de escribir, déjame en paz, déjeme en paz, déjenme en paz, número equivocado",
        "se equivocó de número, se equivocaron de número, persona equivocada, bórrame",
        "bórreme, bórrenme, borre mi número, borren mi número, borra mi número, elimíname",
        "elimíneme, elimínenme, elimine mi, eliminen mi, quítame, quíteme, quítenme",
        "sácame de, sáqueme de, sáquenme de, quién le dio mi, quién les dio mi",
        "quién te dio mi, de dónde sacaron mi, de dónde sacó mi, no me interesa",
        "vete a la mierda, váyanse a la mierda, vete al carajo, no di mi consentimiento",
        "retiro mi consentimiento",
    ],
    asks_alone: &["no más, suficiente, ya basta, borrar, eliminar, equivocado, no molestar"],
    start: &["iniciar, inicio, empezar, comenzar, reanudar, alta"],
    help: &["ayuda, información, ayúdame, ayúdeme"],
    yes: &[
        "sí, sip, sí sí, vale, de acuerdo, estoy de acuerdo, acepto, sí acepto, claro",
        "claro que sí, por supuesto, por supuesto que sí, desde luego, confirmo, sí quiero",
        "okey",
    ],
    agreeing: &["con gusto, con mucho gusto, sin problema, perfecto, encantado, encantada"],
    no: &[
        "no, no gracias, no acepto, no estoy de acuerdo, claro que no, por supuesto que no",
        "para nada, de ninguna manera, nop",
    ],
    polite: &[
        "por favor, porfa, porfavor, favor, gracias, muchas gracias, mil gracias, hola",
        "saludos, un saludo, buenos días, buenas tardes, buenas noches, buenas, señor",
        "señora, disculpe, perdón, lo siento",
    ],
    from: &["de parte de"],
    doubt: &[
        "pero, si, no, salvo, excepto, sólo, cuando, cuándo, hasta, quizás, quizá, tal vez",
        "quién, qué, por qué, cómo, dónde, después, luego, mañana, hoy, ahora, sin, y, e",
        "acuerdo, momento, nunca",
    ],
};
