/** Time, chance and processes of the simulated world. */
@NullMarked
package dev.leat.simulation.world;

import org.jspecify.annotations.NullMarked;
