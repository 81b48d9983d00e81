/** The routes of the API and their documentation. */
@NullMarked
package dev.leat.submit.http;

import org.jspecify.annotations.NullMarked;
