# Fewer processors than busy threads: what counts is how long one waits for another's time slice.
processors | 1 | 3
include | every
matters | file /proc/sys/kernel/osrelease | >= 6.12 | Before 6.12 a thread cannot ask the kernel for time slices of a length of its own (time.slice.ns), and waits up to 3 ms for each other that is ready. | install a kernel of 6.12 or newer, or set time.slice.ns=0 and bear it
matters | slices | one of chrt perl | Java has no call for time slices: chrt of util-linux 2.41 or newer makes it, or perl on x86-64 and arm64. Without either time.slice.ns changes nothing. | apt-get install perl (or dnf install perl-interpreter)
helps | sysctl net.core.busy_poll | 0 | A thread that waits for a datagram would spin in the kernel for so many microseconds, on a processor that another one wants. | sysctl -w net.core.busy_poll=0
helps | sysctl net.core.busy_read | 0 | A thread that reads from an empty socket would spin in the kernel, on a processor that another one wants. | sysctl -w net.core.busy_read=0
set | threading | single | The media driver runs on the ordering thread: nothing is handed from thread to thread, which takes a turn of the scheduler each time.
set | idle | wait | A thread that slept is run as soon as its datagram comes, also where others keep the processors busy. Try yield where nothing else runs on the host.
set | time.slice.ns | 100000 | The least that the kernel takes: as much of a processor as before, in smaller pieces, sooner.
