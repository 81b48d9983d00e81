/** What the rules between modules must refuse in the domain. */
@NullMarked
package dev.leat.domain.planted;

import org.jspecify.annotations.NullMarked;
