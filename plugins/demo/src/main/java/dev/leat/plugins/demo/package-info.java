/** Job types to try Leat with: work to watch, and jobs that do on demand what jobs otherwise do by accident. */
@NullMarked
package dev.leat.plugins.demo;

import org.jspecify.annotations.NullMarked;
