/** The command {@code atexit}. */
module dev.atexit.cli {
    requires dev.atexit;
    requires dev.atexit.report;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.atexit.cli to
            info.picocli;
    opens dev.atexit.cli.demo to
            info.picocli;
    opens dev.atexit.cli.report to
            info.picocli;
    opens dev.atexit.cli.sweep to
            info.picocli;
}
