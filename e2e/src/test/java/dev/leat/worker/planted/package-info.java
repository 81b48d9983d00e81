/** What the rules between modules must refuse in a service. */
@NullMarked
package dev.leat.worker.planted;

import org.jspecify.annotations.NullMarked;
