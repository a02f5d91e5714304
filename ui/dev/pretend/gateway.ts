import type { commands as realCommands } from "../../src/api/bindings";
import { answer, world } from "./core";

const SERVICE = `group = sms-service
keyword = default
accept-smsc = placard
get-url = "http://127.0.0.1:8686/in?token=3f9c1e&from=%p&to=%P&text=%b"
max-messages = 0
`;

type Gateway =
  | "connection"
  | "networkChanged"
  | "gatewayForm"
  | "kannelService"
  | "saveGateway"
  | "formerGateways"
  | "stopListening"
  | "checkGateway"
  | "sendTestText";

export const gateway: Pick<typeof realCommands, Gateway> = {
  connection: () => answer("connection", () => world.connection),
  networkChanged: () => answer("networkChanged", () => null),
  gatewayForm: () => answer("gatewayForm", () => structuredClone(world.gateway)),
  kannelService: () =>
    answer("kannelService", () => (world.gateway.kind === "kannel" ? SERVICE : null)),
  saveGateway: (form) =>
    answer("saveGateway", () => {
      if (form.kind === "twilio" && !form.twilio.account_sid.startsWith("AC")) {
        return {
          is: "invalid" as const,
          problems: [{ field: "account_sid", sentence: "An Account SID begins with AC." }],
        };
      }
      world.gateway = {
        kind: form.kind,
        twilio: { ...form.twilio, has_auth_token: form.twilio.auth_token !== "", auth_token: "" },
        kannel: { ...form.kannel, has_password: form.kannel.password !== "", password: "" },
        pocket: { ...form.pocket, has_password: form.pocket.password !== "", password: "" },
      };
      return { is: "saved" as const, sentence: "The gateway is saved.", warnings: [] };
    }),
  formerGateways: () => answer("formerGateways", () => world.formers),
  stopListening: (former) =>
    answer("stopListening", () => {
      world.formers = world.formers.filter(({ id }) => id !== former);
      return null;
    }),
  checkGateway: () =>
    answer("checkGateway", () => ({
      ok: false,
      sentence: "Twilio does not know this key (20003).",
      what_to_do: "Check the API key and its secret in the Auth token field, then save.",
      text_id: null,
    })),
  sendTestText: () =>
    answer("sendTestText", () => ({
      ok: true,
      sentence: "The test text was taken by the gateway.",
      what_to_do: null,
      text_id: null,
    })),
};
