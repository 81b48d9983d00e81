/**
 * Learns from the measurements of penguins how heavy they are, and tells it of others: a model that is trained by one
 * worker and used by all.
 */
@NullMarked
package dev.leat.plugins.learn;

import org.jspecify.annotations.NullMarked;
