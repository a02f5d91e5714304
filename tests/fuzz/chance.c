/* In place of the system's: what falls by chance falls the same way in every run. Maps are laid out by it, and what a
   target does with an input is told from its paths through the program. */

#include <stddef.h>
#include <sys/types.h>

ssize_t getrandom(void *to, size_t length, unsigned int flags) {
    static _Thread_local unsigned long long state = 1;
    unsigned char *bytes = to;
    (void)flags;
    for (size_t place = 0; place < length; place++) {
        /* Knuth's. */
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        bytes[place] = (unsigned char)(state >> 56);
    }
    return (ssize_t)length;
}
