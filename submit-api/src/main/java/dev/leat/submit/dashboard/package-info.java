/** The dashboard: a page for people, made of static files alone. All that it shows it asks of the API. */
@NullMarked
package dev.leat.submit.dashboard;

import org.jspecify.annotations.NullMarked;
