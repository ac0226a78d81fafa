/** What a report says about time: who waited, who ran, who decided how long it took. For the page and for the terminal. */
@NullMarked
package dev.atexit.report.timeline;

import org.jspecify.annotations.NullMarked;
