// Converts a manual page in Markdown (its input) to roff (its output) with the library that Docker's own build uses.
package main

import (
	"io"
	"log"
	"os"

	"github.com/cpuguy83/go-md2man/v2/md2man"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(md2man.Render(text)); err != nil {
		log.Fatal(err)
	}
}
