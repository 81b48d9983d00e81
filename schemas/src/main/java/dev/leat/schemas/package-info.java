/** All that defines bytes on Kafka: the topics and the codecs between records and the domain. */
@NullMarked
package dev.leat.schemas;

import org.jspecify.annotations.NullMarked;
