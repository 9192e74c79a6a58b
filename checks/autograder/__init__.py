"""What goes into Gradescope's container: the scripts that run there, the lock of what they install, and the zip.

`setup.sh` and `install.py` build the container once; `run_autograder` and `grade.py` run for each submission.
None of the four imports anything but the standard library: they have to work where the program does not.
"""
