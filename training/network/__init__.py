"""How the network is trained that reads each passage a second time; never imported by `src`."""
