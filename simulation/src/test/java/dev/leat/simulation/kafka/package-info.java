@NullMarked
package dev.leat.simulation.kafka;

import org.jspecify.annotations.NullMarked;
