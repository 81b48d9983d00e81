/** What workers tell each other, and the API, about the job types that they can run. */
@NullMarked
package dev.leat.worker.announce;

import org.jspecify.annotations.NullMarked;
