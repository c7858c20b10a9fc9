"""The starter content: read and checked from files, then put into the hub where it is not there yet."""
