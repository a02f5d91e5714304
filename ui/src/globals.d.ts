/** The workspace's version, put in by the build. */
declare const __PLACARD_VERSION__: string;
