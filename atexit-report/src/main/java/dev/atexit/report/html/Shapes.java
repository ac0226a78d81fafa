package dev.atexit.report.html;

/** The patterns and marks of the timeline: no outcome is told by its colour alone. */
final class Shapes {
    static final String DEFINITIONS = """
            <defs>
            <pattern id="p-failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
            <rect class="failed-base" width="7" height="7"/><line class="failed-line" x1="1.5" x2="1.5" y1="0" y2="7"/></pattern>
            <pattern id="p-late" width="6" height="6" patternUnits="userSpaceOnUse">\
            <rect class="late-base" width="6" height="6"/><line class="late-line" x1="1.5" x2="1.5" y1="0" y2="6"/></pattern>
            <pattern id="p-left" width="6" height="6" patternUnits="userSpaceOnUse">\
            <rect class="left-base" width="6" height="6"/><circle class="left-dot" cx="3" cy="3" r="1.3"/></pattern>
            <g id="m-failed" class="mark failed"><circle r="7.5"/><path d="M-2.8-2.8L2.8 2.8M2.8-2.8L-2.8 2.8"/></g>
            <g id="m-late" class="mark late"><circle r="7.5"/><path d="M0-4.2V.5L2.9 2.2"/></g>
            <g id="m-on" class="mark left"><circle r="7.5"/><path d="M-3.6 0H3.2M.4-3L3.4 0L.4 3"/></g>
            <g id="m-never" class="mark never"><path d="M-7 0L0-7L7 0L0 7Z"/></g>
            <g id="m-from" class="mark from"><path d="M0-5V5"/></g>
            <g id="m-foot" class="mark foot"><path d="M0-1V6"/></g>
            </defs>""";

    private Shapes() {}

    /** A small picture of a kind of bar, for the legend. */
    static String sample(String kind) {
        String shape = switch (kind) {
            case "wait" ->
                "<line class=\"wait\" x1=\"2\" x2=\"34\" y1=\"9\" y2=\"9\"/><use href=\"#m-from\" x=\"2\" y=\"9\"/>";
            case "registry" ->
                "<line class=\"bracket\" x1=\"2\" x2=\"34\" y1=\"8\" y2=\"8\"/><use href=\"#m-foot\" x=\"2\" y=\"8\"/>"
                        + "<use href=\"#m-foot\" x=\"34\" y=\"8\"/>";
            case "never" -> "<use href=\"#m-never\" x=\"18\" y=\"9\"/>";
            case "deadline" -> "<line class=\"deadline\" x1=\"18\" x2=\"18\" y1=\"0\" y2=\"18\"/>";
            case "failed" -> bar(24) + "<use href=\"#m-failed\" x=\"26\" y=\"9\"/>";
            case "timed-out" -> bar(24) + "<use href=\"#m-late\" x=\"26\" y=\"9\"/>";
            case "left-behind", "running" -> bar(24) + "<use href=\"#m-on\" x=\"26\" y=\"9\"/>";
            default -> bar(32);
        };
        return "<svg class=\"sample\" width=\"36\" height=\"18\" aria-hidden=\"true\"><g class=\"e "
                + (kind.equals("crit") ? "ran crit" : kind) + "\">" + shape + "</g></svg>";
    }

    private static String bar(int width) {
        return "<rect class=\"bar\" x=\"2\" y=\"3\" width=\"" + width + "\" height=\"12\" rx=\"2\"/>";
    }
}
