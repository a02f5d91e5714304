import "./shared/styles/fonts.css";
import "./shared/styles/tokens.css";
import "./shared/styles/base.css";

import { mount } from "svelte";
import { listen } from "./api";
import App from "./app/App.svelte";
import { theme } from "./shared/theme.svelte";

theme.apply();
listen();

const target = document.getElementById("app");
if (target) mount(App, { target });
