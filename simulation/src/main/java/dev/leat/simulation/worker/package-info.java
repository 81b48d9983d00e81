/** The worker's shell: claims, attempts, leases. */
@NullMarked
package dev.leat.simulation.worker;

import org.jspecify.annotations.NullMarked;
