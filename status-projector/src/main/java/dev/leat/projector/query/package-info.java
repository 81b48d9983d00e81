/** What is asked about jobs: from this instance's partitions, or from the instance that has them. */
@NullMarked
package dev.leat.projector.query;

import org.jspecify.annotations.NullMarked;
