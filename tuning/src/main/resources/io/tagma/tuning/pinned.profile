# One replica on a host with a processor for each of its busy threads, which nothing else may use.
processors | 8 | 8192
include | every
matters | processors | >= 6 | The ordering thread and the three of the media driver want one each; one is for the threads that sign, sync and write snapshots, and one for the kernel. | take a larger host, or tagma doctor --profile small
matters | boot isolcpus | >= 4 | On processors that are isolated the scheduler puts nobody by itself, so nobody holds up a thread that was put there. | add isolcpus=domain,managed_irq,2-5 to the kernel's command line (GRUB_CMDLINE_LINUX, update-grub) and reboot
matters | boot nohz_full | >= 4 | Without it the kernel's tick interrupts a thread that is alone on its processor 100 to 1,000 times a second. | add nohz_full=2-5 to the kernel's command line (GRUB_CMDLINE_LINUX, update-grub) and reboot
matters | interrupts | 0 | An interrupt takes its processor from the thread that spins there for some microseconds, and drags the cache with it. | systemctl stop irqbalance; for i in /proc/irq/*/smp_affinity_list; do echo 0-1 > $i; done (what cannot be moved says so)
matters | cpuidle | <= 2 | A processor that sleeps deeply takes that many microseconds to wake: those of the media driver's threads, which park, and the one that the network card interrupts. | cpupower idle-set -D 3
matters | governor | performance | Others lower the frequency when a thread parks, and take milliseconds to raise it. | cpupower frequency-set -g performance
matters | file /proc/self/timerslack_ns | <= 1000 | The media driver's threads park for a microsecond and more when idle; the kernel may add this many nanoseconds to each, 50,000 unless told otherwise. It is inherited from what starts the replica. | TimerSlackNSec=1us in the systemd unit; in a shell: echo 1000 > /proc/$$/timerslack_ns
matters | swap | none | A page of the heap or of Aeron's buffers that was swapped out costs milliseconds when it is next touched. | swapoff -a, and take it out of /etc/fstab
matters | file /sys/devices/system/clocksource/clocksource0/current_clocksource | one of tsc arch_sys_counter | Each duty cycle reads the clock. These are a register. | echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource
matters | filesystem {journal} | one of ext4 xfs | The journal is a mapped file that is written in place: these do that. Others copy a block each time, live in memory, or wait for a network. | put the directory of the replica on ext4 or xfs, not at {journal}
matters | space {journal} | >= 16 GiB | At 100,000 small requests a second a journal grows by some tens of megabytes a second until it is cut at a snapshot; an archive never is. | df -h {journal}; make room there
helps | sysctl net.core.busy_poll | >= 50 | The receiver that looks at its sockets then empties the network card's queue itself, in place of waiting for an interrupt. | sysctl -w net.core.busy_poll=50
helps | sysctl net.core.busy_read | >= 50 | A read from an empty socket then empties the network card's queue itself, in place of waiting for an interrupt. | sysctl -w net.core.busy_read=50
helps | sysctl kernel.numa_balancing | 0 | To learn who uses which memory the kernel takes pages away for a while: the ordering thread faults on them. | sysctl -w kernel.numa_balancing=0
set | threading | dedicated | Conductor, sender and receiver of the media driver each have a thread, so that receiving goes on while the ordering thread works.
set | idle | spin | The ordering thread has a processor that nobody else wants, and never leaves it.
set | time.slice.ns | 0 | Who is alone on a processor has no slices.
