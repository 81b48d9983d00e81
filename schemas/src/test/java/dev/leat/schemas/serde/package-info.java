@NullMarked
package dev.leat.schemas.serde;

import org.jspecify.annotations.NullMarked;
